using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Tests.Models;

public sealed class LocalEmbeddingTests
{
    [Fact]
    public void The_same_text_has_the_same_vector_in_every_process_and_on_every_machine()
    {
        // Rounded to what halfvec keeps: the last bits of a logarithm may differ between processors.
        var halves = Array.ConvertAll(LocalEmbeddingGenerator.Embed("The daily meal allowance is 320 SEK."), value => (short)MathF.Round(value * 1000));
        Assert.Equal("8A34", Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<short>(halves)))[..4]);
    }

    [Fact]
    public void A_vector_has_length_one() =>
        Assert.Equal(1, TensorPrimitives.Norm<float>(LocalEmbeddingGenerator.Embed("Firmware 2.4.10 requires bootloader 1.6")), 4);

    [Fact]
    public void A_text_without_words_still_has_a_direction() =>
        Assert.Equal(1, TensorPrimitives.Norm<float>(LocalEmbeddingGenerator.Embed(" … ")), 4);

    [Theory]
    [InlineData("meal allowance in Sweden", "The meal allowances for Swedish travel", "The gateway has two antennas")]
    [InlineData("calibrating the loggers", "Calibration of a logger", "Parental leave lasts 240 days")]
    public void A_text_that_shares_words_is_nearer_than_one_that_does_not(string question, string near, string far) =>
        Assert.True(Similarity(question, near) > Similarity(question, far) + 0.1);

    private static float Similarity(string a, string b) =>
        TensorPrimitives.CosineSimilarity(LocalEmbeddingGenerator.Embed(a), LocalEmbeddingGenerator.Embed(b));
}
