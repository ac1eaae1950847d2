/** The retention policies that come with nnem. */
package io.nnem.memory.retention;
