using HaLong.Dossiers.Contracts.Events;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.Payments.Banks;
using HaLong.Payments.Cases;
using HaLong.Payments.Cash;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Features;
using HaLong.Payments.Fees;
using HaLong.Payments.Ledger;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Persistence;
using HaLong.Payments.Posters;
using HaLong.Payments.Receipts;
using HaLong.Payments.Reconciliation;
using HaLong.Payments.Refunds;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Payments;

/// <summary>Table of contents of the payment service.</summary>
internal static class PaymentService
{
    public static void AddPayments(this WebApplicationBuilder builder)
    {
        builder.AddOptions<PaymentOptions>(PaymentOptions.Section);
        builder.AddOptions<BeneficiaryOptions>(BeneficiaryOptions.Section);
        builder.AddOptions<BankOptions>(BankOptions.Section);
        builder.AddOptions<PortalOptions>(PortalOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<BeneficiaryOptions>, BeneficiaryOptionsCheck>();
        builder.Services.AddSingleton<IValidateOptions<BankOptions>, BankOptionsCheck>();

        builder.AddOptions<FeeOptions>(FeeOptions.Section);
        builder.Services.AddSingleton(s => FeePolicies.Quoter(s.GetRequiredService<IOptions<FeeOptions>>(), s.GetRequiredService<IHostEnvironment>()));

        builder.Services.AddAuthorizationBuilder().AddPolicy(FeeQuotesGrpc.Asker, p => p.RequireAuthenticatedUser()
            .RequireAssertion(c => c.User.HasScope(Policies.InternalScope) || c.User.HasScope(Policies.ApiScope)));

        builder.AddDatabase<PaymentDbContext>("payment-db");
        builder.AddMessaging<PaymentDbContext>("payment", [typeof(PaymentSettled).Assembly, typeof(DossierSubmitted).Assembly, typeof(PersonalDataRead).Assembly, typeof(PaymentService).Assembly], bus =>
        {
            bus.AddConsumer<RequestPayment>();
            bus.AddConsumer<RequestDemandedPayment>();
            bus.AddConsumer<SettlePayment>();
            bus.AddConsumer<CancelPayments>();
            ReceiptArea.AddConsumers(bus);
        });

        builder.AddGrpcClient<Authorisation.AuthorisationClient>("identity");
        builder.Services.AddSingleton<Authoriser>().AddScoped<PaymentAccess>().AddScoped<ReadRecord>();
        builder.Services.AddSingleton<PaymentInstruments>();
        builder.Services.AddScoped<PaymentOpener>().AddScoped<Bookkeeper>().AddScoped<DayCloser>();
        builder.Services.AddScoped<CaseOpener>().AddScoped<CaseDesk>().AddScoped<DecideCase>().AddScoped<RefundDesk>().AddScoped<ConfirmRefund>();
        CashArea.Add(builder.Services);
        ReconciliationArea.Add(builder.Services);
        builder.Services.AddSingleton<PaymentSweep>();
        builder.Services.AddHostedService<PaymentSweeper>();
        builder.AddReceipts();
        builder.Services.AddScoped<ReceiveBankNotice>().AddScoped<NoticeInbox>();
        builder.Services.AddHttpClient<PortalClient>(http => http.MaxResponseContentBufferSize = PortalClient.MaxAnswer).AddServiceDiscovery()
            // Neither orders nor the token follow somebody's redirect.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        builder.Services.AddScoped<PortalDesk>().AddScoped<PortalStart>().AddScoped<ReceivePortalConfirm>().AddSingleton<PortalSweep>();
        builder.Services.AddHostedService<PortalSweeper>();
    }

    public static void MapPayments(this WebApplication app)
    {
        var payments = app.MapGroup("/api/v1/payments").WithTags("Payments");
        GetPayment.Map(payments);
        FindPayments.Map(payments);
        StartAttempt.Map(payments);
        GetQrImage.Map(payments);
        GetProviderBill.Map(payments);

        app.MapGrpcService<FeeQuotesGrpc>().RequireAuthorization(FeeQuotesGrpc.Asker);

        app.MapEvidence();
        LedgerArea.Map(app);
        CaseArea.Map(app);
        RefundArea.Map(app);
        ReceiptArea.Map(app, payments);
        GetPoster.Map(app.MapGroup("/api/v1/beneficiaries").WithTags("Receipts"));
        CashArea.Map(app);
        ReconciliationArea.Map(app);
        ListBankNotices.Map(app.MapGroup("/api/v1/bank-notices").WithTags("Bank notices"));
        ReceiveBankNotice.Map(app.MapGroup("/hooks/bank").WithTags("Bank notices"));
        ReceivePortalConfirm.Map(app);
    }
}
