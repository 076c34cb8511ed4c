using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Pgvector.EntityFrameworkCore;

/// <summary>Distances to use inside LINQ queries; they run in Postgres and throw anywhere else.</summary>
public static class VectorDbFunctionsExtensions
{
    public static double L2Distance(this object a, object b) => throw OnClient(nameof(L2Distance));

    /// <summary>The negative inner product, as pgvector defines it: indexes only scan in ascending order.</summary>
    public static double MaxInnerProduct(this object a, object b) => throw OnClient(nameof(MaxInnerProduct));

    public static double CosineDistance(this object a, object b) => throw OnClient(nameof(CosineDistance));

    private static InvalidOperationException OnClient(string function) => new(CoreStrings.FunctionOnClient(function));
}
