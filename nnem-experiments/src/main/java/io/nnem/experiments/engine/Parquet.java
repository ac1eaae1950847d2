package io.nnem.experiments.engine;

import io.nnem.experiments.config.ConfigException;
import io.nnem.report.run.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * Copies the CSV tables of a folder as Parquet. DuckDB does it, which does not come with nnem: it
 * is large, and only who wants this needs it.
 */
final class Parquet {
  private static final String URL = "jdbc:duckdb:";

  private final Driver driver;

  /** Looks for DuckDB on the plug-in path. */
  Parquet(ClassLoader loader) {
    this.driver =
        ServiceLoader.load(Driver.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .filter(Parquet::isDuckDb)
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "--parquet needs DuckDB, which does not come with nnem: put the jar of"
                            + " org.duckdb:duckdb_jdbc from Maven Central into plugins/, or name"
                            + " it with --plugin-path"));
  }

  private static boolean isDuckDb(Driver driver) {
    try {
      return driver.acceptsURL(URL);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Writes {@code NAME.parquet} beside each {@code NAME.csv}. */
  void write(RunFolder folder) throws IOException {
    try (DirectoryStream<Path> tables = Files.newDirectoryStream(folder.path(), "*.csv");
        Connection connection = driver.connect(URL, new Properties());
        Statement statement = connection.createStatement()) {
      for (Path table : tables) {
        String name = table.getFileName().toString().replaceFirst("csv$", "parquet");
        statement.execute(
            "COPY (FROM read_csv("
                + quoted(table)
                + ", header = true, delim = ',', quote = '\"', sample_size = -1)) TO "
                + quoted(folder.file(name))
                + " (FORMAT parquet)");
      }
    } catch (SQLException e) {
      throw new IOException("DuckDB cannot write the tables as Parquet: " + e.getMessage(), e);
    }
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }
}
