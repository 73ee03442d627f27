using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Sessions;

/// <summary>A client that got tokens in a session: it is shown to the owner, and told when the session ends.</summary>
internal sealed class SessionClient
{
    public required Guid SessionId { get; init; }

    public required string ClientId { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>Once per session and client, however many codes it redeems at the same moment.</summary>
    public static Task<int> NoteAsync(IdentityDbContext db, Guid sessionId, string clientId, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"INSERT INTO session_client (session_id, client_id, first_at) VALUES ({sessionId}, {clientId}, {now}) ON CONFLICT DO NOTHING", ct);
}
