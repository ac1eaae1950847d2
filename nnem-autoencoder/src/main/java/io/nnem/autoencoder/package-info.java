/**
 * Decoders: learned maps from an embedding back to its observation, which reinstatement needs; and
 * codecs, autoencoders that no longer change.
 *
 * <p><b>Writing a decoder.</b> Implement {@link io.nnem.autoencoder.Decoder} once for every matrix
 * type, and offer it through a {@link io.nnem.autoencoder.DecoderProvider} with a name of its own,
 * listed in {@code META-INF/services/io.nnem.autoencoder.DecoderProvider} (or annotated with
 * {@code @AutoService}). A decoder that knows how sure it is also implements {@link
 * io.nnem.autoencoder.Uncertain}; one that is trained on the evidence lower bound, {@link
 * io.nnem.autoencoder.Variational}.
 *
 * <p><b>Training beforehand.</b> {@link io.nnem.autoencoder.pretraining.Autoencoder} trains an
 * embedder and a decoder together, and fixes them to a {@link io.nnem.autoencoder.Codec}.
 */
package io.nnem.autoencoder;
