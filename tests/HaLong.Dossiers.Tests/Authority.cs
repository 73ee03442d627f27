using System.Collections.Concurrent;
using Grpc.Core;
using HaLong.Identity.Contracts;
using HaLong.Identity.V1;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Dossiers.Tests;

/// <summary>A delegation or assisted session as the tests have made it; can end at any moment.</summary>
public sealed class TestRight(params string[] acts)
{
    public string[] Acts { get; } = acts;
    public string[] Procedures { get; init; } = [];
    public Guid? DossierId { get; set; }
    public string? Unit { get; init; }
    public string Place { get; init; } = "office";

    /// <summary>Where the helper comes from; empty as long as identity does not say.</summary>
    public string Organisation { get; init; } = "";
    public bool Active { get; set; } = true;
    public ConcurrentQueue<CheckQuestion> Commits { get; } = new();
}

/// <summary>Plays identity's authoriser: a small real gRPC service with the same rules.</summary>
internal sealed class Authority(Neighbours owner) : Authorisation.AuthorisationBase
{
    public override Task<BatchCheckResponse> Check(BatchCheckRequest request, ServerCallContext context)
    {
        if (owner.IdentityDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        // Like the real one: with a person's token one asks about that person, a service asks about anybody.
        var token = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
        var answer = new BatchCheckResponse();
        answer.Answers.AddRange(request.Questions.Select(q => q.Subject == token.Subject || IsService(token) ? Decide(q) : throw new RpcException(new Status(StatusCode.PermissionDenied, "not yours"))));
        return Task.FromResult(answer);
    }

    private static bool IsService(JsonWebToken token) => token.TryGetPayloadValue<string>("scope", out var scope) && scope == HaLong.ServiceDefaults.Policies.InternalScope;

    private CheckAnswer Decide(CheckQuestion q)
    {
        owner.CountCheck();
        var id = q.DelegationId.Length > 0 ? q.DelegationId : q.AssistedSessionId;
        if (id.Length == 0)
            return new CheckAnswer { Allowed = owner.Representatives.Contains(q.Actor), Reason = owner.Representatives.Contains(q.Actor) ? "" : RefusalReasons.Unknown };
        if (!owner.Rights.TryGetValue(Guid.Parse(id), out var right))
            return No(RefusalReasons.Unknown);
        if (!right.Active)
            return No(RefusalReasons.NotActive);
        if (!Acts.Cover(right.Acts, q.Act))
            return No(RefusalReasons.Act);
        if (q.ProcedureCode.Length > 0 && right.Procedures.Length > 0 && !right.Procedures.Contains(q.ProcedureCode))
            return No(RefusalReasons.Procedure);
        var assisted = q.AssistedSessionId.Length > 0;
        if (q.Commits && assisted)
            right.DossierId ??= Guid.Parse(q.DossierId);
        if (q.DossierId.Length > 0 && right.DossierId is { } bound && bound.ToString() != q.DossierId && !(assisted && q.Opens))
            return No(RefusalReasons.Dossier);
        if (q.Commits)
            right.Commits.Enqueue(q);
        return new CheckAnswer
        {
            Allowed = true,
            DossierId = right.DossierId?.ToString() ?? "",
            HelperUnit = assisted ? right.Unit ?? "06688" : "",
            Place = assisted ? right.Place : "",
            HelperKind = assisted ? right.Organisation : "",
            ProcedureCodes = { right.Procedures },
        };
    }

    private static CheckAnswer No(string reason) => new() { Allowed = false, Reason = reason };
}
