package io.nnem.experiments.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which nnem this is. */
public final class Version implements IVersionProvider {
  /** The version in the jar; {@code development} outside of one. */
  static String nnem() {
    String path = "/META-INF/maven/io.nnem/nnem-experiments/pom.properties";
    try (InputStream stream = Version.class.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "nnem " + nnem(),
      "Java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
