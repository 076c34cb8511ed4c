using Npgsql.TypeMapping;
using Pgvector.Npgsql;

namespace Npgsql;

public static class VectorExtensions
{
    /// <summary>Sends and reads pgvector's types as <c>Vector</c>, <c>HalfVector</c> and <c>SparseVector</c>.</summary>
    public static INpgsqlTypeMapper UseVector(this INpgsqlTypeMapper mapper)
    {
        mapper.AddTypeInfoResolverFactory(new VectorTypeInfoResolverFactory());
        return mapper;
    }
}
