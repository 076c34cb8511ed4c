using Microsoft.EntityFrameworkCore.Storage;

namespace Pgvector.EntityFrameworkCore;

/// <summary>Values travel in pgvector's binary format through Npgsql; the type name alone tells the three types apart.</summary>
internal sealed class VectorTypeMapping : RelationalTypeMapping
{
    public VectorTypeMapping(string storeType, Type clrType, int? size)
        : base(new RelationalTypeMappingParameters(
            new CoreTypeMappingParameters(clrType), storeType, StoreTypePostfix.Size, size: size, fixedLength: size is not null))
    {
    }

    private VectorTypeMapping(RelationalTypeMappingParameters parameters)
        : base(parameters)
    {
    }

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new VectorTypeMapping(parameters);
}

internal sealed class VectorTypeMappingPlugin : IRelationalTypeMappingSourcePlugin
{
    private static readonly Dictionary<Type, string> StoreTypes = new()
    {
        [typeof(Vector)] = "vector",
        [typeof(HalfVector)] = "halfvec",
        [typeof(SparseVector)] = "sparsevec",
    };

    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo)
    {
        if (mappingInfo.ClrType is { } clrType)
        {
            return StoreTypes.TryGetValue(clrType, out var storeType)
                ? new VectorTypeMapping(mappingInfo.StoreTypeName ?? storeType, clrType, mappingInfo.Size)
                : null;
        }

        // Only the database type is known, as when a model is read from a database.
        var name = mappingInfo.StoreTypeNameBase ?? mappingInfo.StoreTypeName;
        var found = StoreTypes.FirstOrDefault(pair => pair.Value == name);
        return found.Key is null ? null : new VectorTypeMapping(mappingInfo.StoreTypeName ?? found.Value, found.Key, mappingInfo.Size);
    }
}
