namespace HaLong.Notifications.Domain;

/// <summary>Enumerations as the camelCase words that are stored and shown.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static T Parse<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);
}
