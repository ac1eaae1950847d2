package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * The memory: what it holds, gives up and looks through, and how its keys are kept fresh.
 *
 * @param eviction name of the policy that picks the memory to give up
 * @param recall name of what chooses the memories that a reading uses
 * @param freshening name of the refresher that rewrites stale keys in each step, or {@code none}
 * @param fresheningOnReading whether keys that a reading embedded anew replace the stored ones
 */
public record MemoryConfig(
    @Min(1) int capacity,
    @NotBlank String store,
    @NotBlank String eviction,
    @NotBlank String recall,
    @NotBlank String freshening,
    boolean fresheningOnReading) {

  public boolean freshens() {
    return !freshening.equals("none");
  }
}
