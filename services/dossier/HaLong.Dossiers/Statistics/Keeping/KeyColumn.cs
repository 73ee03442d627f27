using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>A column of a cell's key: how one is written, and all as an array.</summary>
internal sealed record KeyColumn<TKey>(string Name, string Type, Action<NpgsqlBinaryImporter, TKey> Write, Func<IReadOnlyList<TKey>, Array> Values);

/// <summary>Makes them.</summary>
internal static class KeyColumns
{
    public static KeyColumn<TKey> Of<TKey, TValue>(string name, string type, Func<TKey, TValue> value) =>
        new(name, type, (copy, key) => copy.Write(value(key)), keys => keys.Select(value).ToArray());
}
