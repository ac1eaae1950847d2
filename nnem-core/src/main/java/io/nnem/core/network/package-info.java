/**
 * Networks: the layers that they are made of, and the embedders that come with nnem. To make an
 * embedder of your own, start from {@link io.nnem.core.network.NetworkEmbedder} and a list of
 * layers.
 */
package io.nnem.core.network;
