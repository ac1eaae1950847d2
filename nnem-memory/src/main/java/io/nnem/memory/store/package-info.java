/** The memory stores that come with nnem. */
package io.nnem.memory.store;
