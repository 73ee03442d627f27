using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>Writes down what administrators do, in the transaction in which they do it.</summary>
internal sealed class AuditTrail(IdentityDbContext db, Caller caller, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Part of <c>migrate</c>, after the function of the tables of evidence is there: the database itself lets rows only be added.</summary>
    public static Task InstallAsync(IdentityDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON admin_audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON admin_audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """, ct);

    public void Record(string action, string targetType, Guid targetId, string? unitId, object? before, object? after) =>
        Record(action, targetType, targetId.ToString(), unitId, before, after);

    /// <param name="action">What, e.g. assignment.opened.</param>
    /// <param name="targetType">One of <see cref="AuditTarget"/>.</param>
    /// <param name="targetId">About whom or what.</param>
    /// <param name="unitId">The unit it is about; null for the platform as a whole.</param>
    /// <param name="before">What was, without secrets and personal data.</param>
    /// <param name="after">What is now, without secrets and personal data.</param>
    public void Record(string action, string targetType, string targetId, string? unitId, object? before, object? after)
    {
        var now = time.GetUtcNow();
        db.AuditEntries.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ActorId = caller.ActorId == Guid.Empty ? null : caller.ActorId,
            ActorUnit = caller.Unit,
            Action = action,
            TargetType = targetType,
            TargetId = targetId,
            UnitId = unitId,
            Before = before is null ? null : JsonSerializer.Serialize(before, Json),
            After = after is null ? null : JsonSerializer.Serialize(after, Json),
            TraceId = Activity.Current?.TraceId.ToString(),
        });
    }
}
