package io.nnem.experiments.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes jars with plug-ins, good and bad. */
public final class PluginJars {
  private static final String SERVICE = "META-INF/services/io.nnem.credit.CreditAssignerProvider";

  private final Path folder;

  /**
   * A maker.
   *
   * @param folder for sources and classes
   */
  public PluginJars(Path folder) {
    this.folder = folder;
  }

  /**
   * The source of a credit assigner that does nothing.
   *
   * @param className its class, in package {@code plug}
   * @param name what it calls itself
   * @param more further members
   * @return a compilation unit
   */
  public static String provider(String className, String name, String more) {
    return """
    package plug;
    import io.nnem.credit.*;
    public class CLASS implements CreditAssignerProvider {
      @Override public String name() { return "NAME"; }
      @Override public <T> CreditAssigner<T> create(CreditContext<T> context) { return null; }
      MORE
    }
    """
        .replace("CLASS", className)
        .replace("NAME", name)
        .replace("MORE", more);
  }

  /**
   * Compiles a class against today's nnem.
   *
   * @param className the class, in package {@code plug}
   * @param source its source
   * @return the folder of the classes, with the class registered as a credit assigner
   * @throws IOException if the folder cannot be written
   */
  public Path classes(String className, String source) throws IOException {
    return compile(SERVICE, className, source, System.getProperty("java.class.path"));
  }

  /**
   * Compiles a plug-in of another kind.
   *
   * @param kind the kind
   * @param className the class, in package {@code plug}
   * @param source its source
   * @return the folder of the classes, with the class registered as one of that kind
   * @throws IOException if the folder cannot be written
   */
  public Path classes(Class<?> kind, String className, String source) throws IOException {
    return compile(
        "META-INF/services/" + kind.getName(),
        className,
        source,
        System.getProperty("java.class.path"));
  }

  private Path compile(String registered, String className, String source, String classPath)
      throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes-" + className));
    javac(classes, classPath, "plug/" + className + ".java", source);
    Path service = classes.resolve(registered);
    Files.createDirectories(service.getParent());
    Files.writeString(service, "# what is here\nplug." + className + " # the plug-in\n");
    return classes;
  }

  /**
   * Compiles a class against an nnem that is not today's.
   *
   * @param className the class, in package {@code plug}
   * @param source its source
   * @param oldName a type of nnem, with its package
   * @param oldSource what it was like
   * @return the folder of the classes, without the old type
   * @throws IOException if the folder cannot be written
   */
  public Path classesOfOldDays(String className, String source, String oldName, String oldSource)
      throws IOException {
    Path old = Files.createDirectories(folder.resolve("old-" + className));
    String today = System.getProperty("java.class.path");
    javac(old, today, oldName.replace('.', '/') + ".java", oldSource);
    return compile(SERVICE, className, source, old + System.getProperty("path.separator") + today);
  }

  /**
   * Takes away what registers a class: a build whose annotation processor did not run.
   *
   * @param classes of {@link #classes}
   * @throws IOException if it cannot be deleted
   */
  public static void unregister(Path classes) throws IOException {
    Files.delete(classes.resolve(SERVICE));
    Files.delete(classes.resolve("META-INF/services"));
    Files.delete(classes.resolve("META-INF"));
  }

  private void javac(Path classes, String classPath, String file, String source)
      throws IOException {
    Path path = folder.resolve("sources").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "--release", "17");
      assertThat(
              compiler
                  .getTask(null, files, null, options, null, files.getJavaFileObjects(path))
                  .call())
          .as("javac %s", file)
          .isTrue();
    }
  }

  /**
   * Packs classes.
   *
   * @param jar the file to make
   * @param classes a folder of classes
   * @return the file
   * @throws IOException if it cannot be written
   */
  public static Path pack(Path jar, Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    Files.createDirectories(jar.getParent());
    try (OutputStream bytes = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(bytes)) {
      for (Path file : files) {
        JarEntry entry = new JarEntry(classes.relativize(file).toString().replace('\\', '/'));
        entry.setTimeLocal(LocalDateTime.of(2020, 1, 1, 0, 0)); // the same jar whenever it is made
        out.putNextEntry(entry);
        Files.copy(file, out);
      }
    }
    return jar;
  }
}
