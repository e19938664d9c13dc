import { REPORT_ORDER } from '../words.js';

const THEME = `
:root{--paper:#fff;--ground:#f4f3ef;--ink:#1d2127;--soft:#555d68;--rule:#dcdad3;--link:#1d4f91;--code:#f3f2ed;
--verified:#1c6b3c;--verified-bg:#e4f3e8;--failed:#ad1f1a;--failed-bg:#fdeae8;--error:#8a4300;--error-bg:#ffefdb;
--waived:#5d3fa0;--waived-bg:#efe9fb;--not-testable:#4a5563;--not-testable-bg:#e9ecf0}
@media (prefers-color-scheme:dark){:root{--paper:#1b1f25;--ground:#13161a;--ink:#e7e9ec;--soft:#a7b0bb;--rule:#343a43;--link:#8fbcf5;--code:#242a32;
--verified:#86d8a2;--verified-bg:#14321f;--failed:#ffa69e;--failed-bg:#43181a;--error:#ffc27d;--error-bg:#3c2809;
--waived:#cdbbff;--waived-bg:#2c2349;--not-testable:#b9c3cf;--not-testable-bg:#2a313a}}`;

const PAGE = `
*{box-sizing:border-box}
html{color-scheme:light dark;scroll-padding-top:5rem}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main,footer{max-width:66rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.5rem}footer{padding:1rem 1.5rem 3rem;color:var(--soft)}
h1,h2,.title,.text,.plain{font-family:Charter,"Bitstream Charter","Iowan Old Style",Georgia,serif}
h1{font-size:2.1rem;line-height:1.2;margin:.1rem 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.4rem;line-height:1.3;margin:0 0 .4rem;overflow-wrap:anywhere}h2 small{font-weight:400;font-size:.9rem;color:var(--soft)}
h4{margin:0 0 .35rem;font-size:1rem;overflow-wrap:anywhere}
p{margin:.35rem 0;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible,input:focus-visible+label{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
.kicker{text-transform:uppercase;letter-spacing:.09em;font-size:.78rem;color:var(--soft)}
.meta{color:var(--soft);display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:center}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.9rem 0 1.6rem}
.gate-passed{color:var(--verified)}.gate-failed{color:var(--failed)}
table{border-collapse:collapse;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .7rem}td,tbody th{overflow-wrap:anywhere}
thead th{overflow-wrap:normal}.counts th,.counts td,.diff tbody th{overflow-wrap:normal;white-space:nowrap}.diff td{min-width:9rem}
.scroll{overflow-x:auto;max-width:100%}
.counts{margin:1.1rem 0;background:var(--paper);border:1px solid var(--rule);border-radius:8px;border-collapse:separate;border-spacing:0}
.counts thead th{font-weight:500;color:var(--soft);font-size:.85rem;padding-bottom:0}
.counts td{font-size:1.35rem;font-variant-numeric:tabular-nums;padding-top:.1rem}
.counts tbody th{font-weight:600;padding-top:.55rem}.counts .zero{color:var(--soft)}
.overview{background:var(--paper);border:1px solid var(--rule);border-radius:10px;padding:1.3rem 1.5rem;margin:0 0 1.2rem}
.matrix{width:100%}.matrix thead th,.doc thead th,.checks thead th,.diff thead th{font-size:.82rem;font-weight:600;color:var(--soft);border-bottom:2px solid var(--rule)}
.matrix td,.matrix tbody th,.doc td,.doc tbody th,.checks td,.diff td,.diff tbody th{border-bottom:1px solid var(--rule)}
.matrix tbody th{font-weight:500;min-width:11rem}.cell{display:block;text-decoration:none;color:inherit;min-width:6.5rem}
.cell small{display:block;color:var(--soft);font-size:.76rem;line-height:1.3;margin-top:.2rem}.absent{color:var(--soft)}
.legend{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:.35rem 1.2rem;margin:1.1rem 0 0;font-size:.86rem;color:var(--soft)}
.legend div{display:flex;gap:.6rem;align-items:baseline}.legend dd{margin:0}
code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.84em}
code{overflow-wrap:anywhere}
pre{background:var(--code);border-radius:6px;padding:.7rem .9rem;overflow:auto;max-height:26rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}`;

const DOCUMENT = `
.document{background:var(--paper);border:1px solid var(--rule);border-radius:10px;padding:2rem 2.2rem;margin:0 0 1.2rem}
.document>.pair,.document>.intro{padding-bottom:1.4rem}
.document>.pair+.pair,.document>.intro+.pair{border-top:1px solid var(--rule);padding-top:1.5rem}
.title{font-size:1.7rem;font-weight:700;line-height:1.25;margin:0 0 .6rem}
.plain,.text{font-size:1.08rem;max-width:44rem}
.sentence{border-left:4px solid var(--rule);padding:.2rem 0 .3rem 1.1rem;margin:1.1rem 0}
.sentence .text{margin:0}.sentence .verdict{display:flex;gap:.7rem;align-items:baseline;margin:.35rem 0}
.line{color:var(--soft);font-size:.8rem;white-space:nowrap}
.badge,.tally{display:inline-block;border-radius:99px;padding:.05rem .6rem;font-size:.82rem;font-weight:600;white-space:nowrap;font-family:system-ui,"Segoe UI",Roboto,Arial,sans-serif}
.tally{font-weight:500;margin-right:.35rem}.none{background:var(--not-testable-bg);color:var(--soft)}
details{margin:.3rem 0}summary{cursor:pointer;padding:.15rem 0}
.reason{white-space:pre-wrap}
.card{border:1px solid var(--rule);border-radius:8px;padding:.9rem 1.1rem;margin:.8rem 0;scroll-margin-top:5rem}
.remedy b,.replay b,.policies b{font-weight:600;margin-right:.35rem}.policies{font-size:.88rem;color:var(--soft)}
.steps{margin:.5rem 0;padding-left:1.4rem}.step-failed{color:var(--failed)}
.facts{display:flex;flex-wrap:wrap;gap:.35rem 1.6rem;margin:.7rem 0;font-size:.86rem}.facts dt{color:var(--soft);font-size:.78rem}.facts dd{margin:0;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.6rem}figure{margin:0;min-width:0}figcaption{font-size:.82rem;color:var(--soft)}
.doc{width:100%;margin:.4rem 0}.doc td{min-width:6rem}.checks{width:100%}.checks td code{display:block;color:var(--soft);font-size:.78em}
.behind{display:inline-block;vertical-align:baseline;margin:0 0 0 .4rem;font-size:.86rem}.ids{margin:.3rem 0;padding-left:1.1rem;font-size:.88rem}
.profile{background:var(--ground);border-radius:8px;padding:.7rem 1rem;margin:.7rem 0}.note{color:var(--soft);font-style:italic}
.diagnostic{border:1px solid var(--rule);border-left:4px solid var(--not-testable);border-radius:6px;padding:.5rem .9rem;margin:.8rem 0;font-size:.92rem}
.diagnostic.error{border-left-color:var(--failed)}.diagnostic.warning{border-left-color:var(--error)}
:target{outline:3px solid var(--link);outline-offset:4px;border-radius:4px}
.filter{position:sticky;top:0;z-index:5;background:var(--ground);padding:.5rem 0;margin:0 0 .7rem}
.filter fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.4rem;align-items:center}.filter legend{float:left;padding:0 .4rem 0 0;color:var(--soft)}
.filter input{position:absolute;opacity:0;pointer-events:none}
.filter label{border:1px solid var(--rule);background:var(--paper);border-radius:99px;padding:.2rem .8rem;cursor:pointer;font-size:.9rem}
.nothing{display:none;color:var(--soft);margin:.5rem .2rem 0}
.action{margin:1.3rem 0 0}.action h2{font-size:1.1rem}.action ul{list-style:none;margin:.3rem 0;padding:0}.action li{padding:.3rem 0;overflow-wrap:anywhere}
.action .bad li{border-top:1px solid var(--rule)}.why{display:block;color:var(--soft);font-size:.88rem}.more label{color:var(--link);text-decoration:underline;cursor:pointer}
.cell .form{display:none}
.filter label b{font-variant-numeric:tabular-nums}.filter input:checked+label{background:var(--ink);color:var(--paper);border-color:var(--ink)}`;

const PRINT = `
@media (max-width:40rem){h1{font-size:1.6rem}.document{padding:1.2rem 1rem}.overview{padding:1rem}header,main,footer{padding-left:.8rem;padding-right:.8rem}
.counts{width:100%}.counts th,.counts td{padding:.3rem .15rem .3rem .35rem}.counts thead th{white-space:normal;font-size:.68rem}.counts tbody th{font-size:.74rem}.counts td{font-size:1.05rem}
.filter{position:static}.sentence{padding-left:.8rem}.card{padding:.7rem .8rem}
.matrix,.matrix tbody,.matrix tr,.matrix tbody th{display:block}.matrix thead,.matrix .no-cell{display:none}
.matrix tr{border-bottom:1px solid var(--rule);padding:.5rem 0}.matrix td,.matrix tbody th{border:0;padding:.2rem 0}.matrix td{display:block}
.cell{display:grid;grid-template-columns:7.2rem auto 1fr;gap:.2rem .6rem;align-items:baseline}.cell .form{display:inline;color:var(--soft);font-size:.85rem}.cell small{grid-column:2/-1;margin:0}
.doc td,.doc th,.checks td,.checks th{padding:.4rem .35rem}.doc td{min-width:7.5rem}}
@media print{:root{--paper:#fff;--ground:#fff;--ink:#000;--soft:#444;--rule:#bbb;--link:#000;--code:#f6f6f6;--verified:#1c6b3c;--failed:#ad1f1a;--error:#8a4300;--waived:#5d3fa0;--not-testable:#4a5563;--verified-bg:#fff;--failed-bg:#fff;--error-bg:#fff;--waived-bg:#fff;--not-testable-bg:#fff}
html{color-scheme:light}body{font-size:10.5pt}.filter,nav,.skip,.links{display:none}.document,.overview{border:0;padding:0}
header,main,footer{max-width:none;padding:0}.more{display:none}.badge,.tally{border:1px solid currentColor}pre{max-height:none}.scroll{overflow:visible}
.card,tr,.diagnostic{break-inside:avoid}h2,h4,.text{break-after:avoid}}`;

const VERDICTS = REPORT_ORDER.map(
  (verdict) => `.badge.${verdict},.tally.${verdict}{color:var(--${verdict});background:var(--${verdict}-bg)}
.counts td.${verdict}{color:var(--${verdict});font-weight:600}.sentence.${verdict},.card.${verdict}{border-left:4px solid var(--${verdict})}
body:has(#show-${verdict}:checked) .item:not(.has-${verdict}){display:none}
body:has(#show-${verdict}:checked) .nothing.${verdict}{display:block}`,
).join('\n');

/** The whole style sheet: two themes, print, and the filter. No address is loaded. */
export const STYLE = THEME + PAGE + DOCUMENT + VERDICTS + PRINT;
