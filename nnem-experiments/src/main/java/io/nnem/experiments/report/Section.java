package io.nnem.experiments.report;

/**
 * A part of the page.
 *
 * @param id its anchor, unique on the page
 * @param heading its heading, plain text
 * @param html what stands below the heading
 */
public record Section(String id, String heading, String html) {}
