using AiApp.Rag.Caching;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Tests.Caching;

public sealed class QuestionMirrorTests
{
    [Fact]
    public void The_nearest_come_first_and_none_that_is_too_far()
    {
        var mirror = new QuestionMirror(2, most: 10);
        mirror.Apply(7, [("far", [0, 1]), ("near", [0.8f, 0.6f]), ("nearest", [1, 0])]);

        Assert.Equal(["nearest", "near"], mirror.Nearest([1, 0], 5, 0.5).Select(found => found.Id));
        Assert.Equal(["nearest"], mirror.Nearest([1, 0], 1, 0.5).Select(found => found.Id));
        Assert.Equal(7, mirror.Version);
    }

    [Fact]
    public void A_question_that_goes_leaves_the_others_findable()
    {
        var mirror = new QuestionMirror(2, most: 10);
        mirror.Apply(1, [("a", [1, 0]), ("b", [0, 1]), ("c", [-1, 0])]);

        mirror.Remove("a");
        mirror.Remove("unknown");

        Assert.Equal(2, mirror.Count);
        Assert.Equal("c", Assert.Single(mirror.Nearest([-1, 0], 5, 0.9)).Id);
        Assert.Equal("b", Assert.Single(mirror.Nearest([0, 1], 5, 0.9)).Id);
    }

    [Fact]
    public void Beyond_its_bound_the_question_goes_that_was_kept_longest_ago()
    {
        var mirror = new QuestionMirror(2, most: 3);
        mirror.Apply(1, [("a", [1, 0]), ("b", [1, 0]), ("c", [1, 0])]);
        mirror.Remove("b");

        // Kept anew, the first is the newest but one.
        mirror.Apply(2, [("a", [1, 0]), ("d", [1, 0]), ("e", [0, 1])]);

        Assert.Equal(3, mirror.Count);
        Assert.Equal(["a", "d"], mirror.Nearest([1, 0], 5, 0.5).Select(found => found.Id).Order());
        mirror.Apply(3, [("f", [0, 1]), ("g", [0, 1])]);
        Assert.Empty(mirror.Nearest([1, 0], 5, 0.5));
        Assert.Equal(["e", "f", "g"], mirror.Nearest([0, 1], 5, 0.5).Select(found => found.Id).Order());
    }

    [Fact]
    public void A_snapshot_sees_what_had_been_committed_and_nothing_that_ran_or_came()
    {
        var snapshot = DatabaseSnapshot.Parse("10:15:11,13");

        Assert.Equal([true, true, false, true, false, true, false], new long[] { 3, 9, 11, 12, 13, 14, 15 }.Select(snapshot.Sees));
        Assert.True(DatabaseSnapshot.Parse("5:5:").Sees(4));
        Assert.Null(DatabaseSnapshot.TryParse("5:5"));
        Assert.Null(DatabaseSnapshot.TryParse("5:5:x"));
    }

    [Fact]
    public void An_entry_holds_in_its_place_alone_and_as_it_was_written()
    {
        var (signature, partition) = (new CacheSignature(new string('k', 40)), new CachePartition(new TenantId(1), "p"));
        var entry = signature.Seal(partition, "answer a", "text"u8);

        Assert.NotNull(signature.Open(partition, "answer a", entry));
        Assert.Null(signature.Open(partition, "answer b", entry));
        Assert.Null(signature.Open(partition with { Id = "q" }, "answer a", entry));
        Assert.Null(signature.Open(new(new TenantId(2), "p"), "answer a", entry));
        Assert.Null(new CacheSignature("").Open(partition, "answer a", entry));
        Assert.Null(signature.Open(partition, "answer a", entry[..10]));
        entry[^1] ^= 1;
        Assert.Null(signature.Open(partition, "answer a", entry));
    }

    [Fact]
    public void Partitions_of_different_parts_differ_wherever_the_parts_end()
    {
        string?[][] parts = [["a", "b"], ["ab", ""], ["", "ab"], ["a", null], ["a", ""], ["a"], ["a", "b", null]];

        var ids = parts.Select(list => CachePartition.Of(new TenantId(1), "key"u8, list).Id).Append(CachePartition.Of(new TenantId(2), "key"u8, "a", "b").Id);

        Assert.Equal(parts.Length + 1, ids.Distinct().Count());
    }
}
