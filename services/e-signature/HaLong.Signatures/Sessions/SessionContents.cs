using System.Runtime.CompilerServices;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Sessions;

/// <summary>A file in its parts: the original and the revisions behind it.</summary>
internal sealed record StoredFile(Guid DocumentId, IReadOnlyList<byte[]> Parts)
{
    public int Length => Parts.Sum(p => p.Length);

    /// <summary>The file in one piece; an original alone is not copied.</summary>
    public ReadOnlyMemory<byte> Whole => Parts.Count == 1 ? Parts[0] : With([]);

    /// <summary>The file and one more part, in one piece.</summary>
    public byte[] With(byte[] next)
    {
        var whole = new byte[Length + next.Length];
        var at = 0;
        foreach (var part in Parts.Append(next))
        {
            part.CopyTo(whole, at);
            at += part.Length;
        }

        return whole;
    }
}

/// <summary>The files of sessions. Parts are only ever added, so a signature costs the bytes that it adds.</summary>
internal sealed class SessionContents(SignatureDbContext db)
{
    public void Add(Guid document, int part, byte[] bytes) => db.Add(new ContentPart { DocumentId = document, Part = part, Bytes = bytes });

    /// <summary>Null when there is no such file, or no more.</summary>
    public async Task<StoredFile?> ReadAsync(Guid document, CancellationToken ct)
    {
        await foreach (var file in StreamAsync([document], ct))
            return file;
        return null;
    }

    /// <summary>One query for all, one file at a time in memory.</summary>
    public async IAsyncEnumerable<StoredFile> StreamAsync(IReadOnlyCollection<Guid> documents, [EnumeratorCancellation] CancellationToken ct)
    {
        var (id, parts) = (Guid.Empty, new List<byte[]>());
        await foreach (var part in db.Set<ContentPart>().AsNoTracking().Where(c => documents.Contains(c.DocumentId))
            .OrderBy(c => c.DocumentId).ThenBy(c => c.Part).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (part.DocumentId != id && parts.Count > 0)
            {
                yield return new StoredFile(id, parts);
                parts = [];
            }

            id = part.DocumentId;
            parts.Add(part.Bytes);
        }

        if (parts.Count > 0)
            yield return new StoredFile(id, parts);
    }

    public Task DeleteAsync(IReadOnlyCollection<Guid> documents, CancellationToken ct) =>
        db.Set<ContentPart>().Where(c => documents.Contains(c.DocumentId)).ExecuteDeleteAsync(ct);
}
