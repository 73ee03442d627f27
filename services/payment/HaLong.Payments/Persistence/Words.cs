using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HaLong.Payments.Persistence;

/// <summary>Enumerations as the words that the API uses, so that rows can be read by people.</summary>
internal static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static T? Parse<T>(string word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
                return value;
        }

        return null;
    }

    public sealed class Converter<T>() : ValueConverter<T, string>(v => Of(v), w => Read<T>(w)) where T : struct, Enum;

    private static T Read<T>(string word) where T : struct, Enum =>
        Parse<T>(word) ?? throw new InvalidOperationException($"'{word}' is not a {typeof(T).Name}.");
}
