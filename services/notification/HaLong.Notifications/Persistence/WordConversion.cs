using HaLong.Notifications.Domain;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Notifications.Persistence;

internal static class WordConversion
{
    /// <summary>Stores an enumeration as its camelCase word, so that rows can be read by people and by SQL.</summary>
    public static PropertyBuilder<T> HasWords<T>(this PropertyBuilder<T> property)
        where T : struct, Enum => property.HasConversion(value => Words.Of(value), word => Words.Parse<T>(word)).HasMaxLength(20);
}
