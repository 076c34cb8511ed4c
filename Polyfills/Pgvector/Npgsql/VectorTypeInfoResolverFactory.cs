using Npgsql.Internal;
using Npgsql.Internal.Postgres;

namespace Pgvector.Npgsql;

/// <summary>Maps the three vector types and arrays of them. Database types are found by name: their oids differ in every database.</summary>
internal sealed class VectorTypeInfoResolverFactory : PgTypeInfoResolverFactory
{
    public override IPgTypeInfoResolver CreateResolver() => new Resolver(AddTypes(new()));

    public override IPgTypeInfoResolver CreateArrayResolver() => new Resolver(AddArrayTypes(new(AddTypes(new()))));

    private static TypeInfoMappingCollection AddTypes(TypeInfoMappingCollection mappings)
    {
        mappings.AddType<Vector>("vector", static (options, mapping, _) => mapping.CreateInfo(options, new VectorConverter()), isDefault: true);
        mappings.AddType<HalfVector>("halfvec", static (options, mapping, _) => mapping.CreateInfo(options, new HalfvecConverter()), isDefault: true);
        mappings.AddType<SparseVector>("sparsevec", static (options, mapping, _) => mapping.CreateInfo(options, new SparsevecConverter()), isDefault: true);
        return mappings;
    }

    private static TypeInfoMappingCollection AddArrayTypes(TypeInfoMappingCollection mappings)
    {
        mappings.AddArrayType<Vector>("vector");
        mappings.AddArrayType<HalfVector>("halfvec");
        mappings.AddArrayType<SparseVector>("sparsevec");
        return mappings;
    }

    private sealed class Resolver(TypeInfoMappingCollection mappings) : IPgTypeInfoResolver
    {
        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
            mappings.Find(type, dataTypeName, options);
    }
}
