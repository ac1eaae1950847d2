package io.nnem.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.experiments.config.ConfigException;
import io.nnem.report.run.RunFolder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * DuckDB itself is 85 MB, and is not loaded for a test: a driver stands in that keeps what it is
 * told.
 */
class ParquetTest {
  private static final List<String> TOLD = new ArrayList<>();

  @TempDir private Path folder;

  /** Found as DuckDB is. */
  public static final class FakeDriver implements Driver {
    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith("jdbc:duckdb:");
    }

    @Override
    public Connection connect(String url, Properties info) {
      return fake(Connection.class);
    }

    private static <T> T fake(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "createStatement" -> fake(Statement.class);
                    case "execute" -> TOLD.add((String) arguments[0]);
                    default -> null; // close
                  }));
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  @Test
  void eachTableIsCopied_byTheDriverOnThePluginPath() throws IOException {
    Path services = Files.createDirectories(folder.resolve("plugins/META-INF/services"));
    Files.writeString(services.resolve("java.sql.Driver"), FakeDriver.class.getName());
    RunFolder run = RunFolder.create(folder.resolve("it's"));
    run.write("metrics.csv", "a\n1\n");
    run.write("report.html", "");
    URL[] plugins = {folder.resolve("plugins").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(plugins, getClass().getClassLoader())) {
      new Parquet(loader).write(run);
    }
    String place = folder.resolve("it''s").toString();
    assertThat(TOLD)
        .containsExactly(
            "COPY (FROM read_csv('"
                + place
                + "/metrics.csv', header = true, delim = ',', quote = '\"', sample_size = -1))"
                + " TO '"
                + place
                + "/metrics.parquet' (FORMAT parquet)");
  }

  @Test
  void withoutDuckDb_itSaysWhatToPutWhere() {
    assertThatThrownBy(() -> new Parquet(getClass().getClassLoader()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--parquet needs DuckDB, which does not come with nnem: put the jar of"
                + " org.duckdb:duckdb_jdbc from Maven Central into plugins/, or name it with"
                + " --plugin-path");
  }
}
