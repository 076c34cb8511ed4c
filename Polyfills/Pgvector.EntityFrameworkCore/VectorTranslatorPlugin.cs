using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions.Internal;

namespace Pgvector.EntityFrameworkCore;

internal sealed class VectorTranslatorPlugin(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslatorPlugin
{
    public IEnumerable<IMethodCallTranslator> Translators { get; } = [new DistanceTranslator(sql, types)];

    private sealed class DistanceTranslator(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslator
    {
        public SqlExpression? Translate(
            SqlExpression? instance,
            MethodInfo method,
            IReadOnlyList<SqlExpression> arguments,
            IDiagnosticsLogger<DbLoggerCategory.Query> logger)
        {
            if (method.DeclaringType != typeof(VectorDbFunctionsExtensions))
            {
                return null;
            }

            var distance = method.Name switch
            {
                nameof(VectorDbFunctionsExtensions.L2Distance) => "<->",
                nameof(VectorDbFunctionsExtensions.MaxInnerProduct) => "<#>",
                nameof(VectorDbFunctionsExtensions.CosineDistance) => "<=>",
                _ => null,
            };
            return distance is null ? null : Binary(distance, arguments);
        }

        private PgUnknownBinaryExpression Binary(string distance, IReadOnlyList<SqlExpression> arguments) => new(
            sql.ApplyDefaultTypeMapping(arguments[0]),
            sql.ApplyDefaultTypeMapping(arguments[1]),
            distance,
            typeof(double),
            types.FindMapping(typeof(double)));
    }
}
