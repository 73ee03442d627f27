using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaLong.Identity.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Identity's gRPC side on a real port: people, their assignments and the codes on their telephones; can be down.</summary>
internal sealed class FakeIdentity : IAsyncDisposable
{
    private const int Tries = 5;
    private readonly WebApplication app;

    private FakeIdentity(WebApplication app) => this.app = app;

    public ConcurrentDictionary<Guid, Account> People { get; } = [];

    /// <summary>By account: unit, role and last day.</summary>
    public ConcurrentDictionary<Guid, List<(string Unit, string Role, string Until)>> Assignments { get; } = [];

    /// <summary>What came to telephones: by order.</summary>
    public ConcurrentDictionary<string, Letter> Letters { get; } = [];

    public bool IsDown { get; set; }

    /// <summary>People who were sent too many codes.</summary>
    public ConcurrentDictionary<Guid, bool> Flooded { get; } = [];

    /// <summary>People without a telephone.</summary>
    public ConcurrentDictionary<Guid, bool> Silent { get; } = [];

    public ConcurrentQueue<string> Authorizations { get; } = [];

    public Func<DateTimeOffset> Now { get; set; } = () => TimeProvider.System.GetUtcNow();

    public string Url => app.Urls.First();

    public static async Task<FakeIdentity> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        FakeIdentity? self = null;
        builder.Services.AddSingleton(_ => self!); // Assigned below, before the first call.
        var app = builder.Build();
        self = new FakeIdentity(app);
        app.MapGrpcService<AccountsService>();
        app.MapGrpcService<StaffService>();
        app.MapGrpcService<CodesService>();
        await app.StartAsync();
        return self;
    }

    /// <summary>A new person.</summary>
    public Guid Person(int assurance = 2, string kind = "citizen", string name = "Nguyễn Thị Hạnh", string status = "active")
    {
        var id = Guid.CreateVersion7();
        People[id] = new Account { Id = id.ToString(), DisplayName = name, Kind = kind, Assurance = assurance, Status = status };
        return id;
    }

    /// <summary>An official with a role in a unit.</summary>
    public Guid Official(string unit, string role, string until = "")
    {
        var id = Person(kind: "official", name: "Trần Văn Cán");
        Assignments[id] = [(unit, role, until)];
        return id;
    }

    /// <summary>The code that came for an order.</summary>
    public string CodeOf(Guid order) => Letters[order.ToString()].Code;

    /// <summary>The newest code of a person.</summary>
    public Letter LatestOf(Guid account) => Letters.Values.Where(l => l.Account == account.ToString()).OrderBy(l => l.Number).Last();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Enter(ServerCallContext context)
    {
        Authorizations.Enqueue(context.RequestHeaders.GetValue("authorization") ?? "");
        if (IsDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
    }

    private static RpcException Refusal(StatusCode status, string code, string kind) => new Google.Rpc.Status
    {
        Code = (int)status,
        Details = { Any.Pack(new Google.Rpc.ErrorInfo { Domain = "halong", Reason = code, Metadata = { ["kind"] = kind, ["vi"] = "Không được.",
            ["en"] = "No." } }) },
    }.ToRpcException();

    /// <summary>A code on a telephone.</summary>
    internal sealed class Letter(string account, string code, string challenge, DateTimeOffset until, IDictionary<string, string> values)
    {
        private static int count;

        public int Number { get; } = Interlocked.Increment(ref count);

        public string Account => account;

        public string Code => code;

        public string Challenge => challenge;

        public DateTimeOffset Until => until;

        public IDictionary<string, string> Values => values;

        public int Tried { get; set; }
    }

    internal sealed class AccountsService(FakeIdentity identity) : Accounts.AccountsBase
    {
        public override Task<BatchGetAccountsResponse> BatchGetAccounts(BatchGetAccountsRequest request, ServerCallContext context)
        {
            identity.Enter(context);
            var answer = new BatchGetAccountsResponse();
            answer.Accounts.AddRange(request.Ids.Select(i => identity.People.GetValueOrDefault(Guid.Parse(i))).Where(a => a is not null));
            return Task.FromResult(answer);
        }
    }

    internal sealed class StaffService(FakeIdentity identity) : StaffAssignments.StaffAssignmentsBase
    {
        public override Task<BatchGetAssignmentsResponse> BatchGetAssignments(BatchGetAssignmentsRequest request, ServerCallContext context)
        {
            identity.Enter(context);
            var answer = new BatchGetAssignmentsResponse();
            foreach (var id in request.AccountIds)
                answer.Assignments.AddRange(identity.Assignments.GetValueOrDefault(Guid.Parse(id), []).Select(a =>
                    new StaffAssignment { AccountId = id, UnitCode = a.Unit, Roles = { a.Role }, ValidTo = a.Until }));
            return Task.FromResult(answer);
        }
    }

    internal sealed class CodesService(FakeIdentity identity) : AccountCodes.AccountCodesBase
    {
        public override Task<SendAccountCodeResponse> SendAccountCode(SendAccountCodeRequest request, ServerCallContext context)
        {
            identity.Enter(context);
            if (identity.Silent.ContainsKey(Guid.Parse(request.AccountId)))
                throw Refusal(StatusCode.FailedPrecondition, "IDN-1302", "Conflict");
            if (identity.Flooded.ContainsKey(Guid.Parse(request.AccountId)))
                throw Refusal(StatusCode.ResourceExhausted, "IDN-0106", "TooMany");
            var letter = identity.Letters.GetOrAdd(request.Reference, _ => new Letter(request.AccountId,
                RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture), Guid.CreateVersion7().ToString(),
                identity.Now() + TimeSpan.FromMinutes(5), request.Values));
            return Task.FromResult(new SendAccountCodeResponse { ChallengeId = letter.Challenge, ExpiresAt = letter.Until.ToTimestamp(), SentTo = "***678" });
        }

        public override Task<CheckAccountCodeResponse> CheckAccountCode(CheckAccountCodeRequest request, ServerCallContext context)
        {
            identity.Enter(context);
            if (!identity.Letters.TryGetValue(request.Reference, out var letter) || letter.Account != request.AccountId
                || letter.Challenge != request.ChallengeId
                || letter.Until <= identity.Now())
                throw Refusal(StatusCode.InvalidArgument, "IDN-0102", "Validation");
            lock (letter)
            {
                if (letter.Tried++ >= Tries)
                    throw Refusal(StatusCode.ResourceExhausted, "IDN-0103", "TooMany");
            }

            return letter.Code == request.Code ? Task.FromResult(new CheckAccountCodeResponse()) : throw Refusal(StatusCode.InvalidArgument,
                "IDN-0102", "Validation");
        }
    }
}
