using System.Text.Json;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Messaging;

/// <summary>Evidence of what happened. Facts that go through the outbox become evidence by themselves.</summary>
public static class EvidenceExtensions
{
    private const string System = "system";

    /// <summary>
    /// Adds evidence of a change that no message tells to the unit of work: one more row of the same save. Kept are the hash of the content and
    /// the names given here, so nothing personal may be in them.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="kind">Word for the change, e.g. <c>signature.seal-revoked</c>; at most 200 characters.</param>
    /// <param name="subject">Id of what was changed; at most 100 characters.</param>
    /// <param name="content">What exactly it was; only its hash is kept.</param>
    /// <returns>The id of the evidence.</returns>
    public static Guid Record<TContent>(this DbContext db, string kind, string subject, TContent content)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(subject);
        var services = db.Services();
        var now = (services?.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();
        var json = JsonSerializer.SerializeToElement(content, MessageTypes.Json);
        return db.Add(Row(services, Guid.CreateVersion7(now), now, kind, subject, json)).Entity.Id;
    }

    internal static EvidenceRow EvidenceOf(this OutboxMessage message, IServiceProvider? services)
    {
        using var json = JsonDocument.Parse(message.Payload);
        return Row(services, message.MessageId, message.OccurredAt, message.Type, CanonicalJson.SubjectOf(json.RootElement), json.RootElement);
    }

    internal static IServiceProvider? Services(this DbContext db) =>
        db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;

    private static EvidenceRow Row(IServiceProvider? services, Guid id, DateTimeOffset at, string kind, string subject, JsonElement content) => new()
    {
        Id = id,
        // What the database cannot keep must not be in the hash.
        OccurredAt = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)),
        Kind = kind,
        Subject = subject,
        Actor = ActorOf(services),
        ContentHash = CanonicalJson.Hash(content),
    };

    private static string ActorOf(IServiceProvider? services)
    {
        var actor = services?.GetService<IHttpContextAccessor>()?.HttpContext?.User is { } user ? Caller.From(user).Actor : "";
        return actor.Length is > 0 and <= EvidenceRow.MaxName ? actor : System;
    }
}
