using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Sessions;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Sessions;

/// <summary><c>GET /api/v1/me/signing-sessions</c>: what the caller signs, or made, newest first.</summary>
internal static class ListMySessions
{
    public static void Map(IEndpointRouteBuilder mine) => mine.MapGet("/", HandleAsync)
        .WithName("listMySigningSessions").WithSummary("The signing sessions of the caller, newest first")
        .WithDescription("as: signer (default) or creator; state: open, completed, refused, expired, cancelled. Pages by cursor. Scope halong.api. Strong consistency.")
        .Produces<Page<SessionView>>().ProducesProblem(StatusCodes.Status400BadRequest)
        .RequireAuthorization(Policies.SignedIn);

    private static async Task<IResult> HandleAsync(string? state, string? @as, string? after, int? limit, SessionStore store, SignatureDbContext db,
        Caller caller, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.DecodeId(after));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        if (@as is not (null or "signer" or "creator"))
            return CommonErrors.BadRequest.WithField("as", "signer hoặc creator.", "signer or creator.").ToProblem();
        var account = caller.AccountId;
        var found = @as == "creator"
            ? db.Set<SigningSession>().Where(s => s.CreatorAccount == account).Select(s => s.Id)
            : db.Set<SessionSigner>().Where(s => s.AccountId == account).Select(s => s.SessionId);
        if (cursor.Value is { } before)
            found = found.Where(id => id.CompareTo(before) < 0);
        var sessions = store.Whole.AsNoTracking().Where(s => found.Contains(s.Id));
        if (state is not null)
        {
            var wanted = Enum.GetValues<SessionState>().Where(s => s.ToString().Equals(state, StringComparison.OrdinalIgnoreCase)).ToList();
            if (wanted.Count == 0)
                return CommonErrors.BadRequest.WithField("state", "Trạng thái không hợp lệ.", "Not a state.").ToProblem();
            sessions = sessions.Where(s => s.State == wanted[0]);
        }

        var rows = await sessions.OrderByDescending(s => s.Id).Take(size.Value + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(s => SessionView.Of(s, account)), size.Value, s => [s.Id.ToString()]));
    }
}
