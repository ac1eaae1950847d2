/** nnem's own side of the comparison, as a program that uses nnem would write it. */
package io.nnem.bench.nnem;
