/**
 * Files of saved state: {@link io.nnem.core.state.StateFile} writes whatever is {@link
 * io.nnem.core.Stateful} to one file, with the same bits, and reads it without trusting it. The
 * format is {@code safetensors} with checksums; {@code docs/state-format.md} describes it.
 */
package io.nnem.core.state;
