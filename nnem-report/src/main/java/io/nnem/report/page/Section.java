package io.nnem.report.page;

import java.util.List;

/**
 * A part of a page.
 *
 * @param id its anchor, unique on the page
 * @param heading its heading, plain text
 * @param blocks what stands below the heading
 */
public record Section(String id, String heading, List<Block> blocks) {
  /** Makes the list unchangeable. */
  public Section {
    blocks = List.copyOf(blocks);
  }

  /** A section of some blocks. */
  public Section(String id, String heading, Block... blocks) {
    this(id, heading, List.of(blocks));
  }
}
