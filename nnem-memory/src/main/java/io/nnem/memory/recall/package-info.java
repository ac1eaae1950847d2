/** Ways to choose the memories that a reading uses. */
package io.nnem.memory.recall;
