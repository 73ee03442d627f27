using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.ServiceDefaults;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">At most <c>limit</c> items.</param>
/// <param name="After">Cursor for the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? After);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>Cuts a list that was read one item longer than asked for, and makes the cursor of its last item.</summary>
    public static Page<T> Of<T>(List<T> oneMore, int limit, Func<T, string[]> key)
    {
        if (oneMore.Count <= limit)
        {
            return new Page<T>(oneMore, null);
        }

        oneMore.RemoveRange(limit, oneMore.Count - limit);
        return new Page<T>(oneMore, Cursor.Encode(key(oneMore[^1])));
    }
}

/// <summary>Opaque cursors of keyset pages.</summary>
public static class Cursor
{
    /// <summary>Largest page.</summary>
    public const int MaxLimit = 100;

    private static readonly Error BadCursor = CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.");

    /// <summary>A cursor of the key values of the last item.</summary>
    public static string Encode(params string[] values) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(values));

    /// <summary>The key values of a cursor; null for no cursor; a 400 for one that is not ours.</summary>
    public static Result<string[]?> Decode(string? after, int values)
    {
        if (string.IsNullOrEmpty(after))
        {
            return (string[]?)null;
        }

        try
        {
            var decoded = JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(after)));
            return decoded?.Length == values ? decoded : BadCursor;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return BadCursor;
        }
    }

    /// <summary>The id of a cursor that is nothing else; null for no cursor; a 400 for one that is not ours.</summary>
    public static Result<Guid?> DecodeId(string? after)
    {
        var decoded = Decode(after, values: 1);
        if (!decoded.IsSuccess)
        {
            return decoded.Error;
        }

        return decoded.Value is not [var text] ? (Guid?)null : Guid.TryParse(text, out var id) ? id : BadCursor;
    }

    /// <summary>The page size: 20 unless asked for, 1 to 100; a 400 outside.</summary>
    public static Result<int> Limit(int? limit) => limit is null or (>= 1 and <= MaxLimit)
        ? limit ?? 20
        : CommonErrors.BadRequest.WithField("limit", "Số mục mỗi trang từ 1 đến 100.", "The page size is 1 to 100.");
}
