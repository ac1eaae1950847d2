package io.nnem.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import io.nnem.experiments.plugins.PluginJars;
import io.nnem.experiments.plugins.PluginPath;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --plugin-path}, the plugins folder, and what the commands say of them. */
class PluginPathOptionTest {
  @TempDir private Path temporary;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void forgetTheFolder() {
    System.clearProperty(PluginPath.FOLDER_PROPERTY);
  }

  @Test
  void theOptionIsUnderstoodBeforeAndAfterTheCommand() throws IOException {
    String good = jar("good", "good").toString();
    assertThat(execute("plugins", "--plugin-path", good)).isZero();
    assertThat(execute("--plugin-path", good, "plugins")).isZero();
    assertThat(out.toString().lines().filter(line -> line.contains(" good ")))
        .hasSize(2)
        .allMatch(line -> line.matches("credit assigner +good +good\\.jar +plug\\.Good"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theOptionMayBeRepeated() throws IOException {
    String one = jar("one", "one").toString();
    String two = jar("two", "two").toString();
    assertThat(execute("plugins", "--plugin-path", one, "--plugin-path", two)).isZero();
    assertThat(out.toString()).contains("plug.One", "plug.Two");
  }

  @Test
  void theFolderBesideTheLauncherIsFound_andNeedNotBeThere() throws IOException {
    Path folder = jar("good", "good").getParent();
    System.setProperty(PluginPath.FOLDER_PROPERTY, folder.toString());
    assertThat(execute("plugins")).isZero();
    assertThat(out.toString()).contains("plug.Good");
    System.setProperty(PluginPath.FOLDER_PROPERTY, folder.resolve("none").toString());
    assertThat(execute("plugins")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void pluginsEndsWithOneIfSomethingIsNotUsable() throws IOException {
    String bad = jar("bad", "none").toString();
    assertThat(execute("plugins", "--plugin-path", bad)).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("nnem: warning: plug-in not usable: 2 plug-ins offer a credit assigner called")
        .contains(bad);
    assertThat(out.toString()).contains("exact-reinstatement");
  }

  @Test
  void aJarThatOffersNothingIsWarnedOf_andIsNoFailure() throws IOException {
    Path classes =
        new PluginJars(temporary.resolve("work"))
            .classes("Forgot", PluginJars.provider("Forgot", "forgot", ""));
    PluginJars.unregister(classes);
    Path jar = PluginJars.pack(temporary.resolve("forgot.jar"), classes);
    assertThat(execute("plugins", "--plugin-path", jar.toString())).isZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("nnem: warning: " + jar + " on the plug-in path offers nothing: plug.Forgot");
  }

  @Test
  void otherCommandsWarnOnce_andGoOn() throws IOException {
    Path missing = temporary.resolve("missing.jar");
    String[] call = {
      "figure",
      "--backend",
      "reference",
      "--plugin-path",
      jar("good", "good") + File.pathSeparator + missing,
      "--conditions",
      "good,absent"
    };
    assertThat(execute(call)).isEqualTo(2);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("nnem: warning: plug-in not usable: " + missing + " on the"),
            line ->
                assertThat(line)
                    .startsWith(
                        "nnem figure: --conditions: conditions: absent: There is no credit assigner"
                            + " called 'absent'. There are: ")
                    .contains(" good, "));
  }

  private Path jar(String file, String name) throws IOException {
    String className = file.substring(0, 1).toUpperCase(Locale.ROOT) + file.substring(1);
    Path classes =
        new PluginJars(temporary.resolve("work"))
            .classes(className, PluginJars.provider(className, name, ""));
    Path folder = Files.createDirectories(temporary.resolve("jars"));
    return PluginJars.pack(folder.resolve(file + ".jar"), classes);
  }

  private int execute(String... arguments) {
    return Calls.execute(binder -> {}, out, err, arguments);
  }
}
