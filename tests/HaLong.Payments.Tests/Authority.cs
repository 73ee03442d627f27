using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using HaLong.Identity.Contracts;
using HaLong.Identity.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Payments.Tests;

/// <summary>A delegation or assisted session as the tests have made it; can end at any moment.</summary>
internal sealed class TestRight(params string[] acts)
{
    public string[] Acts { get; } = acts;

    public string[] Procedures { get; init; } = [];

    public Guid? DossierId { get; init; }

    public bool Active { get; set; } = true;

    public ConcurrentQueue<CheckQuestion> Commits { get; } = new();
}

/// <summary>Plays identity's authoriser: a small real gRPC server with the same rules, which can be down.</summary>
internal sealed class Authority(WebApplication app) : IAsyncDisposable
{
    public ConcurrentDictionary<Guid, TestRight> Rights { get; } = new();

    public bool Down { get; set; }

    public int Calls { get; private set; }

    public string Url => app.Urls.First();

    public static async Task<Authority> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        Authority? authority = null;
        builder.Services.AddSingleton(_ => authority!);
        var app = builder.Build();
        authority = new Authority(app);
        app.MapGrpcService<Answers>();
        await app.StartAsync();
        return authority;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private CheckAnswer Decide(CheckQuestion q)
    {
        Calls++;
        if (!Rights.TryGetValue(Guid.Parse(q.DelegationId + q.AssistedSessionId), out var right))
            return new CheckAnswer { Reason = RefusalReasons.Unknown };
        if (!right.Active)
            return new CheckAnswer { Reason = RefusalReasons.NotActive };
        if (!right.Acts.Contains(q.Act))
            return new CheckAnswer { Reason = RefusalReasons.Act };
        if (q.Commits)
            right.Commits.Enqueue(q);
        return new CheckAnswer
        {
            Allowed = true,
            DossierId = right.DossierId?.ToString() ?? "",
            ProcedureCodes = { right.Procedures },
            HelperUnit = q.AssistedSessionId.Length > 0 ? "06658" : "",
            Place = q.AssistedSessionId.Length > 0 ? "office" : "",
        };
    }

    private sealed class Answers(Authority owner) : Authorisation.AuthorisationBase
    {
        public override Task<BatchCheckResponse> Check(BatchCheckRequest request, ServerCallContext context)
        {
            if (owner.Down)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            // Like the real one: with a person's token one asks about that person.
            var token = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
            Assert.All(request.Questions, q => Assert.Equal(token.Subject, q.Subject));
            var answer = new BatchCheckResponse();
            answer.Answers.AddRange(request.Questions.Select(owner.Decide));
            return Task.FromResult(answer);
        }
    }
}
