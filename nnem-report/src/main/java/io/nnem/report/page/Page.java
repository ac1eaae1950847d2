package io.nnem.report.page;

import java.util.List;

/**
 * A report for a browser.
 *
 * @param title plain text
 * @param lead a sentence below the title, plain text
 * @param notice something that the reader must know first, plain text; empty if there is nothing
 * @param sections in order
 */
public record Page(String title, String lead, String notice, List<Section> sections) {
  /** Makes the list unchangeable. */
  public Page {
    sections = List.copyOf(sections);
  }
}
