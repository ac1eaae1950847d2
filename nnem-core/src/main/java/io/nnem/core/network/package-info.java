/** Dense networks, the optimisers, and the embedders that come with nnem. */
package io.nnem.core.network;
