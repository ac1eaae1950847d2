package io.nnem.datasets;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts comma-separated values into records, strictly by RFC 4180, but for what people's files have
 * besides: lines may end in any way, blanks around a field do not belong to it, and lines of
 * nothing but blanks are skipped. A byte order mark at the beginning is left out.
 */
final class CsvLexer {

  /** Characters of a field: without a limit a quote that is never closed takes the whole file. */
  static final int MOST_CHARACTERS = 1 << 20;

  /** Fields of a record. */
  static final int MOST_FIELDS = 1 << 16;

  private static final int END = -1;

  private final Reader in;
  final String source;
  private final char separator;
  private final StringBuilder field = new StringBuilder();
  private int next;
  private long line = 1;
  private long recordLine;
  private boolean quoted; // the latest field was

  CsvLexer(Reader in, String source, char separator) {
    this.in = in;
    this.source = source;
    this.separator = separator;
    next = read();
    if (next == '\uFEFF') {
      next = read();
    }
  }

  /** The line, from 1, that the latest record began in. */
  long line() {
    return recordLine;
  }

  /** An error at a place of the latest record, columns counted from 1. */
  DatasetException error(int column, String what) {
    return new DatasetException(
        source + ", line " + recordLine + ", column " + column + ": " + what);
  }

  /** The same without a column. */
  DatasetException error(String what) {
    return new DatasetException(source + ", line " + recordLine + ": " + what);
  }

  /**
   * The next record.
   *
   * @return its fields, or null at the end
   * @throws DatasetException if it is not well-formed
   */
  List<String> record() {
    List<String> fields = new ArrayList<>();
    do {
      fields.clear();
      recordLine = line;
      if (next == END) {
        return null;
      }
      boolean more = true;
      while (more) {
        if (fields.size() == MOST_FIELDS) {
          throw error("there are more than " + MOST_FIELDS + " fields.");
        }
        fields.add(field(fields.size() + 1));
        more = next == separator;
        advance();
      }
    } while (fields.size() == 1 && fields.get(0).isEmpty() && !quoted);
    return fields;
  }

  private String field(int column) {
    field.setLength(0);
    skipBlanks();
    quoted = next == '"';
    if (quoted) {
      readQuoted(column);
      skipBlanks();
      if (!atEnd()) {
        throw error(column, "something follows a closing quote: double the quotes within a field.");
      }
      return field.toString();
    }
    while (!atEnd()) {
      if (next == '"') {
        throw error(column, "there is a quote within a field: put all of it into quotes, doubled.");
      }
      append(column);
    }
    return field.toString().stripTrailing();
  }

  private void readQuoted(int column) {
    advance();
    while (true) {
      if (next == '"') {
        advance();
        if (next != '"') {
          return;
        }
      } else if (next == END) {
        throw error(column, "a quote is never closed.");
      }
      append(column);
    }
  }

  private void append(int column) {
    if (field.length() == MOST_CHARACTERS) {
      throw error(
          column,
          "a field has more than " + MOST_CHARACTERS + " characters; is a quote never closed?");
    }
    field.append((char) next);
    advance();
  }

  private void skipBlanks() {
    while ((next == ' ' || next == '\t') && next != separator) {
      advance();
    }
  }

  private boolean atEnd() {
    return next == separator || next == '\n' || next == '\r' || next == END;
  }

  /** A line ends with LF, CR or both. */
  private void advance() {
    boolean carriageReturn = next == '\r';
    boolean lineFeed = next == '\n';
    next = read();
    if (lineFeed || (carriageReturn && next != '\n')) {
      line++;
    }
  }

  private int read() {
    try {
      return in.read();
    } catch (CharacterCodingException e) {
      throw new DatasetException(
          source + ", near line " + line + ": it is not in UTF-8. Convert it.", e);
    } catch (IOException e) {
      throw new DatasetException(
          source + ", near line " + line + ": it cannot be read (" + e + ").", e);
    }
  }
}
