/**
 * Saved state in one file, in the safetensors format: {@link io.nnem.core.state.StateFile}. What is
 * in it is described in {@code docs/state-format.md}.
 */
package io.nnem.core.state;
