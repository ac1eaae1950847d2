package io.nnem.report.page;

import io.nnem.report.chart.Figure;
import io.nnem.report.table.Table;
import io.nnem.report.table.Words;
import java.util.List;

/** What a section of a page is made of. */
public sealed interface Block {
  /**
   * A paragraph or a heading.
   *
   * @param kind which
   * @param words what it says
   */
  record Prose(Kind kind, Words words) implements Block {
    /** What it is. */
    public enum Kind {
      /** A paragraph. */
      PARAGRAPH,
      /** A paragraph that explains what is shown. */
      HINT,
      /** A paragraph that says what went wrong. */
      WARNING,
      /** A heading. */
      HEADING
    }
  }

  /**
   * A table with its rows.
   *
   * @param <R> the type of the rows
   * @param table the columns
   * @param rows from above
   */
  record Rows<R>(Table<R> table, List<R> rows) implements Block {
    /** Makes the list unchangeable. */
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A figure.
   *
   * @param figure what is drawn
   */
  record Picture(Figure figure) implements Block {}

  /**
   * A file as it is.
   *
   * @param text what is in it
   */
  record Listing(String text) implements Block {}

  /** A paragraph of plain text. */
  static Block paragraph(String text) {
    return new Prose(Prose.Kind.PARAGRAPH, Words.of(text));
  }

  /** A paragraph of plain text that explains what is shown. */
  static Block hint(String text) {
    return new Prose(Prose.Kind.HINT, Words.of(text));
  }

  /** A heading within a section, plain text. */
  static Block heading(String text) {
    return new Prose(Prose.Kind.HEADING, Words.of(text));
  }
}
