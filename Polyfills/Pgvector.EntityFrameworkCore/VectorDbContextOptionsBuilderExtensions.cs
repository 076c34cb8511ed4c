using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Pgvector.EntityFrameworkCore;

namespace Microsoft.EntityFrameworkCore;

public static class VectorDbContextOptionsBuilderExtensions
{
    /// <summary>Maps pgvector's types and translates the distance functions.</summary>
    public static NpgsqlDbContextOptionsBuilder UseVector(this NpgsqlDbContextOptionsBuilder optionsBuilder)
    {
        var core = ((IRelationalDbContextOptionsBuilderInfrastructure)optionsBuilder).OptionsBuilder;
        var extension = core.Options.FindExtension<VectorDbContextOptionsExtension>() ?? new VectorDbContextOptionsExtension();
        ((IDbContextOptionsBuilderInfrastructure)core).AddOrUpdateExtension(extension);
        return optionsBuilder;
    }
}
