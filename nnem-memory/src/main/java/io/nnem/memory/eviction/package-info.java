/** The eviction policies that come with nnem. */
package io.nnem.memory.eviction;
