using Grpc.Core;
using HaLong.Identity.Contracts;
using HaLong.Identity.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaLong.Identity.Tests.Authorisation;

/// <summary>The client that every service uses: what it remembers, for how long, and what it does when identity is away.</summary>
public sealed class AuthoriserTests
{
    private static readonly Acting Delegate = new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), null);
    private static readonly Acting Helper = new(Guid.CreateVersion7(), Guid.CreateVersion7(), null, Guid.CreateVersion7());

    private readonly HandClock _clock = new();
    private readonly Answers _identity = new();

    private Authoriser New() => new(new V1.Authorisation.AuthorisationClient(_identity), _clock, NullLogger<Authoriser>.Instance);

    [Fact]
    public async Task Who_acts_for_himself_costs_no_call()
    {
        var me = Guid.CreateVersion7();
        _identity.Down = true;
        Assert.True((await New().MayAsync(new Acting(me, me, null, null), Acts.DossierRead, default)).IsAllowed);
        Assert.True((await New().MayCommitAsync(new Acting(me, me, null, null), new Deed(Acts.DossierFill, "1", me), default)).IsAllowed);
        Assert.Equal(0, _identity.Calls);
    }

    [Fact]
    public async Task A_permission_is_remembered_for_five_seconds_and_not_a_moment_longer()
    {
        var authoriser = New();
        Assert.True((await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).IsAllowed);
        _identity.Refuse = RefusalReasons.NotActive;
        _clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.True((await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).IsAllowed);
        Assert.Equal(1, _identity.Calls);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var refused = await authoriser.MayAsync(Delegate, Acts.DossierRead, default);
        Assert.Equal((Verdict.Refused, RefusalReasons.NotActive, 2), (refused.Verdict, refused.Reason, _identity.Calls));
    }

    [Fact]
    public async Task The_age_of_a_permission_counts_from_before_the_question()
    {
        var authoriser = New();
        _identity.Meanwhile = () => _clock.Advance(TimeSpan.FromSeconds(3));
        await authoriser.MayAsync(Delegate, Acts.DossierRead, default);
        _identity.Meanwhile = null;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await authoriser.MayAsync(Delegate, Acts.DossierRead, default);
        Assert.Equal(2, _identity.Calls);
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_one_second()
    {
        var authoriser = New();
        _identity.Refuse = RefusalReasons.Unknown;
        await authoriser.MayAsync(Delegate, Acts.DossierRead, default);
        _identity.Refuse = null;
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False((await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).IsAllowed);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True((await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).IsAllowed);
    }

    [Fact]
    public async Task Each_right_and_each_act_is_asked_about_by_itself()
    {
        var authoriser = New();
        await authoriser.MayAsync(Delegate, Acts.DossierRead, default);
        await authoriser.MayAsync(Delegate, Acts.DossierFill, default);
        await authoriser.MayAsync(Helper, Acts.DossierRead, default);
        await authoriser.MayAsync(Delegate with { Actor = Guid.CreateVersion7() }, Acts.DossierRead, default);
        Assert.Equal(4, _identity.Calls);
    }

    [Fact]
    public async Task Without_identity_nothing_is_allowed_but_what_was_allowed_within_five_seconds()
    {
        var authoriser = New();
        await authoriser.MayAsync(Delegate, Acts.DossierRead, default);
        _identity.Down = true;
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).IsAllowed);
        Assert.Equal(Verdict.Unavailable, (await authoriser.MayAsync(Delegate, Acts.DossierFill, default)).Verdict);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Verdict.Unavailable, (await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).Verdict);
        _identity.Down = false;
        Assert.True((await authoriser.MayAsync(Delegate, Acts.DossierRead, default)).IsAllowed);
    }

    [Fact]
    public async Task Before_saving_identity_is_asked_every_time_and_told_what_is_done()
    {
        var authoriser = New();
        var deed = new Deed(Acts.DossierScan, "1.013978", Guid.CreateVersion7());
        await authoriser.MayAsync(Helper, Acts.DossierScan, default);
        for (var i = 0; i < 3; i++)
            Assert.True((await authoriser.MayCommitAsync(Helper, deed, default)).IsAllowed);
        Assert.Equal(4, _identity.Calls);
        Assert.Equal((true, false, "1.013978", deed.DossierId.ToString()), (_identity.Last!.Commits, _identity.Last.Opens, _identity.Last.ProcedureCode, _identity.Last.DossierId));
        _identity.Down = true;
        Assert.Equal(Verdict.Unavailable, (await authoriser.MayCommitAsync(Helper, deed, default)).Verdict);
        Assert.Equal((Helper.Subject.ToString(), Helper.AssistedSession.ToString(), ""), (_identity.Last.Subject, _identity.Last.AssistedSessionId, _identity.Last.DelegationId));
    }

    [Fact]
    public async Task The_limits_come_with_the_decision()
    {
        var dossier = Guid.CreateVersion7();
        _identity.Answer = new CheckAnswer { Allowed = true, ProcedureCodes = { "1.013978" }, DossierId = dossier.ToString(), HelperUnit = "06688", Place = "home" };
        var delegated = await New().MayAsync(Delegate, Acts.DossierRead, default);
        Assert.Equal((dossier, false, (Assistance?)null), (delegated.DossierId, delegated.IsUnbound, delegated.Assistance));
        Assert.Equal(["1.013978"], delegated.Procedures);
        var assisted = await New().MayAsync(Helper, Acts.DossierRead, default);
        Assert.Equal((dossier, false, new Assistance("06688", "home")), (assisted.DossierId, assisted.IsUnbound, assisted.Assistance));
        // An older identity does not say where a helper comes from.
        Assert.Null(assisted.Assistance!.Organisation);
        _identity.Answer = new CheckAnswer { Allowed = true, HelperUnit = "06688", Place = "home", HelperKind = "postOffice" };
        Assert.Equal("postOffice", (await New().MayCommitAsync(Helper, new Deed(Acts.DossierFill, "1.013978", dossier), default)).Assistance!.Organisation);
        _identity.Answer = new CheckAnswer { Allowed = true };
        Assert.True((await New().MayAsync(Helper, Acts.DossierRead, default)).IsUnbound);
        Assert.Null((await New().MayAsync(Delegate, Acts.DossierRead, default)).Procedures);
    }

    [Fact]
    public async Task An_answer_to_nothing_is_no_answer_and_a_caller_who_left_gets_none()
    {
        _identity.Empty = true;
        Assert.Equal(Verdict.Unavailable, (await New().MayAsync(Delegate, Acts.DossierRead, default)).Verdict);
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        _identity.Down = true;
        await Assert.ThrowsAsync<RpcException>(() => New().MayAsync(Delegate, Acts.DossierRead, left.Token));
    }

    [Fact]
    public async Task The_memory_does_not_grow_without_end()
    {
        var authoriser = New();
        for (var i = 0; i < 10_050; i++)
            await authoriser.MayAsync(Delegate with { Actor = Guid.CreateVersion7() }, Acts.DossierRead, default);
        Assert.Equal(10_050, _identity.Calls);
    }

    [Theory]
    [InlineData(Acts.DossierFill, true)]
    [InlineData(Acts.DossierScan, true)]
    [InlineData(Acts.DossierSubmit, true)]
    [InlineData(Acts.PaymentPay, false)]
    [InlineData(Acts.ResultRead, false)]
    public void Who_works_on_a_dossier_sees_it(string given, bool reads)
    {
        Assert.Equal(reads, Acts.Cover([given], Acts.DossierRead));
        Assert.True(Acts.Cover([given], given));
        Assert.False(Acts.Cover([Acts.DossierRead], given));
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }

    /// <summary>Identity, as far as the client can see it.</summary>
    private sealed class Answers : CallInvoker
    {
        public int Calls { get; private set; }

        public bool Down { get; set; }

        public bool Empty { get; set; }

        public string? Refuse { get; set; }

        public CheckAnswer? Answer { get; set; }

        public CheckQuestion? Last { get; private set; }

        public Action? Meanwhile { get; set; }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Calls++;
            Last = ((BatchCheckRequest)(object)request).Questions.Single();
            Meanwhile?.Invoke();
            var answer = new BatchCheckResponse();
            if (!Empty)
                answer.Answers.Add(Answer ?? new CheckAnswer { Allowed = Refuse is null, Reason = Refuse ?? "" });
            var result = Down ? Task.FromException<TResponse>(new RpcException(new Status(StatusCode.Unavailable, "down"))) : Task.FromResult((TResponse)(object)answer);
            return new AsyncUnaryCall<TResponse>(result, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }
}
