__lw_want=$2 __lw_key=$3
printf "\033]133;I;lw=%s;pid=%s\007" "$3" $$
export TERM=xterm-256color COLORTERM=truecolor
__lw_has() { command -v "$1" >/dev/null 2>&1; }
if [ "$__lw_want" = auto ]; then
  for __lw_want in bash ash dash sh; do __lw_has $__lw_want && break; done
fi
__lw_bash=$(cat <<"RC"
exec 3<&-
[ -f ~/.bashrc ] && . ~/.bashrc
unset HISTFILE; shopt -s cmdhist lithist
__lw_boot=$LW_BOOT __lw_key=$LW_KEY; unset LW_BOOT LW_KEY
__lw_user=$(id -un 2>/dev/null) __lw_env= __lw_ready=
__lw_esc() {
  __lw_text=${1//\\/\\\\}
  __lw_text=${__lw_text//$'\n'/\\n}
  __lw_text=${__lw_text//$'\e'/\\e}
  __lw_text=${__lw_text//$'\a'/\\a}
}
__lw_ran() {
  __lw_esc "$(HISTTIMEFORMAT= history 1)"
  printf '\e]133;E;lw=%s;%s\a\e]133;C;lw=%s\a' "$__lw_key" "$__lw_text" "$__lw_key"
}
__lw_first() {
  local code=$? now
  now=$(export -p)
  __lw_esc "$PWD"
  printf '\e]133;D;%s;lw=%s\a\e]133;A;lw=%s;sh=bash;pid=%s;user=%s;cwd=%s\a' $code "$__lw_key" "$__lw_key" $$ "$__lw_user" "$__lw_text"
  if [[ $now != "$__lw_env" ]]; then
    __lw_env=$now; __lw_esc "$now"
    printf '\e]133;V;lw=%s;%s\a' "$__lw_key" "$__lw_text"
  fi
  return $code
}
__lw_last() {
  local code=$?
  [[ $PS1 == *"lw=$__lw_key"* ]] || PS1=$PS1'\[\e]133;B;lw='$__lw_key'\a\]'
  __lw_ready=1
  return $code
}
__lw_debug() {
  [[ -z $__lw_ready || -n $COMP_LINE || $BASH_COMMAND == __lw_* || $BASH_COMMAND == "${PROMPT_COMMAND%%[;$'\n']*}"* ]] && return
  __lw_ready=
  __lw_ran
}
if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == "declare -a"* ]]; then
  PROMPT_COMMAND=(__lw_first "${PROMPT_COMMAND[@]}" __lw_last)
else
  PROMPT_COMMAND=__lw_first$'\n'${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}__lw_last
fi
if (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404 )); then PS0='$(__lw_ran)'$PS0
else trap __lw_debug DEBUG; fi
__lw_nest() {
  local want=$1; shift
  case "$*" in ""|-i|-l|-li|-il|--login) command sh -c 'eval "$1"' lw "$__lw_boot" $want $__lw_key ;; *) command $want "$@" ;; esac
}
bash() { __lw_nest bash "$@"; }
sh() { __lw_nest sh "$@"; }
dash() { __lw_nest dash "$@"; }
ash() { __lw_nest ash "$@"; }
RC
)
if [ "$__lw_want" = bash ]; then
  LW_BOOT=$1 LW_KEY=$__lw_key exec bash -c 'exec 3< <(printf %s "$1"); exec bash --rcfile /dev/fd/3 -i' bash "$__lw_bash"
fi
export LW_BOOT="$1" LW_KEY="$__lw_key" LW_ENV="$ENV" ENV=/dev/fd/3
exec $__lw_want -i 3<<"RC"
exec 3<&-
__lw_boot=$LW_BOOT __lw_key=$LW_KEY ENV=$LW_ENV; unset LW_BOOT LW_KEY LW_ENV
if [ -n "$ENV" ]; then [ -f "$ENV" ] && . "$ENV"; else unset ENV; fi
HISTFILE=
__lw_user=$(id -un 2>/dev/null)
__lw_x=ab __lw_sh=dash
case $(eval 'echo ${__lw_x/a/c}' 2>/dev/null) in cb) __lw_sh=ash;; esac
[ -n "$BASH_VERSION" ] && __lw_sh=bash
__lw_e=$(printf '\033]133;') __lw_b=$(printf '\007') __lw_l='
'
__lw_prompt() {
  __lw_code=$?
  [ $__lw_sh != ash ] || __lw_x=$(history 2>/dev/null)
  { printf '%sD;%s;lw=%s%s' "$__lw_e" $__lw_code $__lw_key $__lw_b
  [ $__lw_sh != ash ] || printf '%sE;lw=%s;%s%s' "$__lw_e" $__lw_key "${__lw_x##*"$__lw_l"}" $__lw_b
  printf '%sA;lw=%s;sh=%s;pid=%s;user=%s;cwd=%s%s' "$__lw_e" $__lw_key $__lw_sh $$ "$__lw_user" "$PWD" "$__lw_b"
  printf '%sV;lw=%s;' "$__lw_e" $__lw_key; export -p; printf %s "$__lw_b"; } >/dev/tty
}
__lw_o= __lw_c=
[ $__lw_sh = dash ] || { __lw_o='\[' __lw_c='\]'; }
PS1='$(__lw_prompt)'$PS1$__lw_o${__lw_e}'B;lw='$__lw_key$__lw_b$__lw_c
PS2=$__lw_o${__lw_e}'P;lw='$__lw_key$__lw_b$__lw_c$PS2$__lw_o${__lw_e}'B;lw='$__lw_key$__lw_b$__lw_c
__lw_nest() {
  __lw_w=$1; shift
  case "$*" in ""|-i|-l|-li|-il|--login) command sh -c 'eval "$1"' lw "$__lw_boot" $__lw_w $__lw_key ;; *) command $__lw_w "$@" ;; esac
}
bash() { __lw_nest bash "$@"; }
sh() { __lw_nest sh "$@"; }
dash() { __lw_nest dash "$@"; }
ash() { __lw_nest ash "$@"; }
RC
