using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.V1;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary>gRPC for services of the platform: map, handle, map. A session belongs to the client that made it; others do not find it.</summary>
[Authorize(Policies.Internal)]
internal sealed class SigningSessionsGrpc(CreateSession create, SessionStore store, SessionContents contents, SignatureDbContext db, TimeProvider time)
    : SigningSessions.SigningSessionsBase
{
    public override async Task<SigningSessionReply> Create(CreateSigningSessionRequest request, ServerCallContext context)
    {
        var deadline = DateTimeOffset.TryParse(request.Deadline, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime() : default;
        var plan = new SessionPlan(Id(request.SessionId), request.Purpose, request.Subject, CallerOf(context), null,
            request.UnitCode.Length > 0 ? request.UnitCode : null, deadline,
            [.. request.Documents.Select(d => CreateSession.Document(d.Name, d.Pdf.Memory))],
            [.. request.Signers.Select(s => new PlannedSigner(Id(s.AccountId), s.Turn, s.Role, s.Place is { } p
                ? new VisiblePlace(p.Document, p.Page, p.X, p.Y, p.Width, p.Height) : null))]);
        var made = await create.HandleAsync(plan, context.CancellationToken);
        return made.IsSuccess ? Reply(made.Value.Session) : throw new ErrorException(made.Error);
    }

    public override async Task<SigningSessionReply> Get(GetSigningSessionRequest request, ServerCallContext context) =>
        Reply(await FindAsync(request.SessionId, context));

    public override async Task<SigningDocumentReply> GetDocument(GetSigningDocumentRequest request, ServerCallContext context)
    {
        // Both in one transaction with one view of the database: the hash is that of the bytes.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, context.CancellationToken);
        var session = await FindAsync(request.SessionId, context);
        var document = session.Documents.Find(d => d.Id == Id(request.DocumentId)) ?? throw new ErrorException(SessionErrors.DocumentNotFound);
        var file = await contents.ReadAsync(document.Id, context.CancellationToken) ?? throw new ErrorException(SessionErrors.ContentDeleted);
        return new SigningDocumentReply
        {
            DocumentId = document.Id.ToString(),
            Name = document.Name,
            Pdf = UnsafeByteOperations.UnsafeWrap(file.Whole),
            Sha256 = document.Sha256,
        };
    }

    public override async Task<SigningSessionReply> Cancel(CancelSigningSessionRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var client = CallerOf(context);
        var session = await store.LockAsync(Id(request.SessionId), ct) is { } found && found.CreatedBy == client ? found
            : throw new ErrorException(SessionErrors.NotFound);
        // Cancelled before: the same answer.
        if (session.State != SessionState.Cancelled && session.Cancel(client, time.GetUtcNow()) is { IsSuccess: false } refused)
            throw new ErrorException(refused.Error);
        await store.SaveAsync([session], ct);
        await transaction.CommitAsync(ct);
        return Reply(session);
    }

    private async Task<SigningSession> FindAsync(string id, ServerCallContext context)
    {
        var (wanted, client) = (Id(id), CallerOf(context));
        return await store.Whole.AsNoTracking().SingleOrDefaultAsync(s => s.Id == wanted && s.CreatedBy == client, context.CancellationToken)
            ?? throw new ErrorException(SessionErrors.NotFound);
    }

    private static string CallerOf(ServerCallContext context) => Caller.From(context.GetHttpContext().User).Subject;

    private static SigningSessionReply Reply(SigningSession session)
    {
        var reply = new SigningSessionReply
        {
            SessionId = session.Id.ToString(),
            State = Word(session.State),
            Deadline = Time(session.Deadline),
            ClosedAt = session.ClosedAt is { } at ? Time(at) : "",
        };
        reply.Documents.AddRange(session.Documents.OrderBy(d => d.Number).Select(d => new SigningDocumentInfo
        {
            DocumentId = d.Id.ToString(),
            Name = d.Name,
            Sha256 = d.Sha256,
            Size = d.Size,
            Signatures = d.Parts - 1,
        }));
        reply.Signers.AddRange(session.Signers.OrderBy(s => s.Turn).ThenBy(s => s.Id).Select(s => new SignerInfo
        {
            AccountId = s.AccountId.ToString(),
            Turn = s.Turn,
            Role = s.Role,
            State = Word(s.State),
            Reason = s.Reason,
            ChangedAt = Time(s.ChangedAt),
        }));
        return reply;
    }

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static Guid Id(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
