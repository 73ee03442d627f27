using System.Globalization;
using Grpc.Core;
using HaLong.Identity.Contracts;
using HaLong.Identity.Features;
using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Authorisation;

/// <summary>The authoriser for the other services. A person's token asks about that person only, as the token itself says.</summary>
internal sealed class AuthorisationGrpc(Authority authority, Caller caller, IHttpContextAccessor http) : V1.Authorisation.AuthorisationBase
{
    /// <summary>Services, and people through a service; see <see cref="Check"/> for what the latter may ask.</summary>
    public const string Asker = nameof(Asker);

    public override async Task<BatchCheckResponse> Check(BatchCheckRequest request, ServerCallContext context)
    {
        if (request.Questions.Count > Batch.Limit)
            throw new ErrorException(Domain.IdentityErrors.TooManyIds);
        var questions = request.Questions.Select(Read).ToList();
        if (http.HttpContext?.User.HasScope(Policies.InternalScope) != true && questions.Any(q => q.Who != Of(caller)))
            throw new ErrorException(CommonErrors.Forbidden);
        var answer = new BatchCheckResponse();
        answer.Answers.AddRange((await authority.DecideAsync(questions, context.CancellationToken)).Select(Write));
        return answer;
    }

    /// <summary>Who acts for whom in a request, by its token.</summary>
    public static Acting Of(Caller caller) => new(caller.AccountId, caller.ActorId, caller.Delegation, caller.AssistedSession);

    // What is no UUID names nobody, and nobody may do nothing.
    private static Question Read(CheckQuestion q) => new(
        new Acting(Id(q.Subject) ?? Guid.Empty, Id(q.Actor) ?? Guid.Empty, Id(q.DelegationId), Id(q.AssistedSessionId)), q.Act,
        q.ProcedureCode.Length == 0 ? null : q.ProcedureCode, Id(q.DossierId), q.Commits, q.Opens);

    private static Guid? Id(string text) => text.Length == 0 ? null : Guid.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : Guid.Empty;

    private static CheckAnswer Write(Ruling r)
    {
        var answer = new CheckAnswer
        {
            Allowed = r.Refusal is null,
            Reason = r.Refusal ?? "",
            DossierId = r.DossierId?.ToString() ?? "",
            HelperUnit = r.Assistance?.Unit ?? "",
            Place = r.Assistance?.Place ?? "",
            HelperKind = r.Assistance?.Organisation ?? "",
        };
        answer.ProcedureCodes.AddRange(r.Procedures);
        return answer;
    }
}
