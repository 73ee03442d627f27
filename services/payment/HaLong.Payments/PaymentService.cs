using HaLong.Dossiers.Contracts.Events;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.Payments.Cases;
using HaLong.Payments.Cash;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Features;
using HaLong.Payments.Ledger;
using HaLong.Payments.Persistence;
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
        builder.Services.AddSingleton<IValidateOptions<BeneficiaryOptions>, BeneficiaryOptionsCheck>();
        builder.Services.AddSingleton<IValidateOptions<BankOptions>, BankOptionsCheck>();

        builder.AddDatabase<PaymentDbContext>("payment-db");
        builder.AddMessaging<PaymentDbContext>("payment", [typeof(PaymentSettled).Assembly, typeof(DossierSubmitted).Assembly, typeof(PersonalDataRead).Assembly], bus =>
        {
            bus.AddConsumer<RequestPayment>();
            bus.AddConsumer<RequestDemandedPayment>();
            bus.AddConsumer<SettlePayment>();
            bus.AddConsumer<CancelPayments>();
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
        builder.Services.AddScoped<ReceiveBankNotice>();
    }

    public static void MapPayments(this WebApplication app)
    {
        var payments = app.MapGroup("/api/v1/payments").WithTags("Payments");
        GetPayment.Map(payments);
        FindPayments.Map(payments);
        StartAttempt.Map(payments);
        GetQrImage.Map(payments);

        LedgerArea.Map(app);
        CaseArea.Map(app);
        RefundArea.Map(app);
        CashArea.Map(app);
        ReconciliationArea.Map(app);
        ListBankNotices.Map(app.MapGroup("/api/v1/bank-notices").WithTags("Bank notices"));
        ReceiveBankNotice.Map(app.MapGroup("/hooks/bank").WithTags("Bank notices"));
    }
}
