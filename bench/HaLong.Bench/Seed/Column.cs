using NpgsqlTypes;

namespace HaLong.Bench.Seed;

/// <summary>A column of a table and its value for a row.</summary>
internal sealed record Column<T>(string Name, NpgsqlDbType Type, Func<T, object?> Value);

/// <summary>What each table gets from a dossier.</summary>
internal static class Columns
{
    public static Column<T> Uuid<T>(string name, Func<T, object?> value) => new(name, NpgsqlDbType.Uuid, value);

    public static Column<T> Text<T>(string name, Func<T, object?> value) => new(name, NpgsqlDbType.Text, value);

    public static Column<T> Number<T>(string name, Func<T, object?> value) => new(name, NpgsqlDbType.Integer, value);

    public static Column<T> Big<T>(string name, Func<T, object?> value) => new(name, NpgsqlDbType.Bigint, value);

    public static Column<T> Flag<T>(string name, Func<T, object?> value) => new(name, NpgsqlDbType.Boolean, value);

    public static Column<T> Json<T>(string name, Func<T, object?> value) => new(name, NpgsqlDbType.Jsonb, value);

    public static Column<T> At<T>(string name, Func<T, DateTimeOffset?> value) => new(name, NpgsqlDbType.TimestampTz, row => value(row)?.UtcDateTime);
}
