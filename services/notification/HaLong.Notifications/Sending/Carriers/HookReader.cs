namespace HaLong.Notifications.Sending.Carriers;

/// <summary>Reads what strangers post, and no more of it than allowed.</summary>
internal static class HookReader
{
    /// <summary>A receipt is some hundred bytes.</summary>
    private const int MaxBody = 16 * 1024;

    /// <summary>Null: too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBody)
            return null;
        var buffer = new byte[MaxBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        // Not by a conditional: there null would become an empty memory.
        if (length > MaxBody)
            return null;
        return buffer.AsMemory(0, length);
    }
}
