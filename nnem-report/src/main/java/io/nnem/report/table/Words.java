package io.nnem.report.table;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text of which some parts look different. Nothing in it is markup: whatever a name has in it shows
 * as it is.
 *
 * @param parts in order
 */
public record Words(List<Part> parts) {
  /** How a part of a text looks. */
  public enum Look {
    /** As all text. */
    PLAIN,
    /** A name as it is written in files and on the command line. */
    CODE,
    /** Emphasised. */
    EMPHASIS,
    /** Something that went wrong. */
    BAD,
    /** Without a text: the mark of what is well, or above. */
    ABOVE,
    /** Without a text: the mark of what is not, or below. */
    BELOW,
    /** Without a text: the mark of what cannot be told. */
    OPEN,
    /** Without a text: what follows is on a new line. */
    BREAK
  }

  /**
   * A part of a text.
   *
   * @param look how it looks
   * @param text what it says
   */
  public record Part(Look look, String text) {}

  /** Makes the list unchangeable. */
  public Words {
    parts = List.copyOf(parts);
  }

  /** Plain text. */
  public static Words of(String text) {
    return of(Look.PLAIN, text);
  }

  /** Text of one look; a mark and a break have none. */
  public static Words of(Look look, String text) {
    return new Words(List.of(new Part(look, text)));
  }

  /** These words and more plain text. */
  public Words and(String text) {
    return and(Look.PLAIN, text);
  }

  /** These words and more text of another look. */
  public Words and(Look look, String text) {
    return and(of(look, text));
  }

  /** These words and others. */
  public Words and(Words rest) {
    return new Words(Stream.concat(parts.stream(), rest.parts.stream()).toList());
  }

  /** The text alone. */
  @Override
  public String toString() {
    return parts.stream()
        .map(part -> part.look() == Look.BREAK ? " " : part.text())
        .collect(Collectors.joining());
  }
}
